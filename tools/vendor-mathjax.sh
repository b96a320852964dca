#!/bin/sh
# Copies into docs/assets/mathjax what the site needs of MathJax, and nothing else.
# Run from the root of the repository: sh tools/vendor-mathjax.sh [VERSION]
set -eu

version=${1:-4.1.3}
target=docs/assets/mathjax
font=fonts/mathjax-newcm-font
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

(cd "$scratch" && npm pack --silent "mathjax@$version" "@mathjax/mathjax-newcm-font@$version" >/dev/null)
mkdir "$scratch/code" "$scratch/font"
tar -xzf "$scratch/mathjax-$version.tgz" -C "$scratch/code" --strip-components=1
tar -xzf "$scratch/mathjax-mathjax-newcm-font-$version.tgz" -C "$scratch/font" --strip-components=1

for file in startup.js core.js input/tex-base.js input/tex/extensions/ams.js \
    input/tex/extensions/boldsymbol.js input/tex/extensions/newcommand.js \
    output/chtml.js a11y/assistive-mml.js LICENSE; do
    mkdir -p "$target/$(dirname "$file")"
    cp "$scratch/code/$file" "$target/$file"
done
rm -rf "${target:?}/$font"
mkdir -p "$target/$font"
cp -R "$scratch/font/chtml.js" "$scratch/font/chtml" "$target/$font/"
find "$target" -type f -exec chmod 644 {} +
