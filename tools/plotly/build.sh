#!/bin/sh
# Builds build/plotly-VERSION.min.js, a third of the full bundle, from the npm package of the very
# plotly.js that the installed Python package carries. Same input, same bytes: versions and hashes
# are in package-lock.json. Without it the web server gives the full bundle.
# --if-possible: ends well, and says so, where it cannot be built.
set -eu
cd "$(dirname "$0")"
give_up() {
    echo "$1 The full Plotly bundle is served: three times as large, and the same charts." >&2
    [ "$wish" = --if-possible ] && exit 0
    exit 2
}
wish=${1:-}
command -v npm >/dev/null || give_up "There is no npm (apt-get install npm, or brew install node)."
root=../..
version=$("$root/.venv/bin/python" -m dashboard.web.bundle)
pinned=$(sed -n 's/.*"plotly.js": "\(.*\)".*/\1/p' package.json)
[ "$version" = "$pinned" ] || give_up "The installed plotly carries plotly.js $version, \
tools/plotly/package.json names $pinned: set that to $version and run npm install there."
out="$root/build/plotly-$version.min.js"
[ -e "$out" ] && [ "$out" -nt package-lock.json ] && [ "$out" -nt entry.js ] && exit 0
npm ci --ignore-scripts --no-audit --no-fund --silent || give_up "npm could not install what builds it."
mkdir -p "$root/build"
node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=Plotly \
    --define:global=window --loader:.css=empty --legal-comments=eof --log-level=warning \
    --outfile="$out.part"
mv "$out.part" "$out"
