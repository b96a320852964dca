#!/bin/sh
# Installs Debian or Ubuntu packages, as root or through sudo: apt-install.sh PACKAGE...
set -eu

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "Installing needs root: run 'apt-get install $packages' as root, then try again." >&2
        exit 1
    fi
}

packages=$*
echo "Installing $packages with apt-get."
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
