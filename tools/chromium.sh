#!/bin/sh
# Prints the path of a Chrome or Chromium that starts. With --install, installs Chromium when there is none.
# CHROMIUM=/path/to/browser overrides the search.
set -eu

starts() {
    [ -x "$1" ] && "$1" --version >/dev/null 2>&1
}

find_browser() {
    if [ -n "${CHROMIUM:-}" ]; then
        starts "$CHROMIUM" && printf '%s\n' "$CHROMIUM"
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        browser=$(command -v "$name" || true)
        if [ -n "$browser" ] && starts "$browser"; then
            printf '%s\n' "$browser"
            return
        fi
    done
    for folder in "$HOME/Applications" /Applications; do
        for app in "Google Chrome" Chromium; do
            browser="$folder/$app.app/Contents/MacOS/$app"
            if starts "$browser"; then
                printf '%s\n' "$browser"
                return
            fi
        done
    done
    return 1
}

install_browser() {
    if command -v apt-get >/dev/null; then
        "$(dirname "$0")/apt-install.sh" chromium
    elif command -v brew >/dev/null; then
        brew install --cask chromium
    fi
}

find_browser && exit
if [ "${1:-}" = --install ] && [ -z "${CHROMIUM:-}" ]; then
    install_browser >&2 || true
    find_browser && exit
fi
echo "No Chrome or Chromium was found, which the browser tests need: install one, or name it in CHROMIUM=/path/to/it." >&2
exit 1
