#!/bin/sh
# Creates a virtual environment with the first Python that is new enough: venv.sh FOLDER
# PYTHON=/path/to/python names the one to use.
set -eu

oldest="3.11"
new_enough="import sys; sys.exit(sys.version_info < (3, 11))"

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null && "$name" -c "$new_enough" 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

python=$(find_python) || {
    here=$("${PYTHON:-python3}" --version 2>&1) || here="none"
    echo "Python $oldest or newer is needed (found: $here). Install it, or name it: make PYTHON=/path/to/python ..." >&2
    exit 1
}

if ! "$python" -c "import ensurepip, venv" 2>/dev/null; then
    package=$("$python" -c "import sys; print('python%d.%d-venv' % sys.version_info[:2])")
    if command -v apt-get >/dev/null; then
        "$(dirname "$0")/apt-install.sh" "$package"
    else
        echo "This Python has no venv module: install your system's package for it, or another Python." >&2
        exit 1
    fi
fi

"$python" -m venv --clear "$1" || {
    rm -rf "$1"
    exit 1
}
