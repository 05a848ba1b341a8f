#!/bin/sh
# The tests look at real pages: makes sure there is a Chromium to look with (CHROMIUM names another).
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ -n "$name" ] && command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "The tests need Chromium. On Debian: sudo apt-get install chromium. On macOS: brew install chromium" >&2
    exit 2
fi
