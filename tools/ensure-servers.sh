#!/bin/sh
# The tests put real servers around ours: makes sure that nginx and Redis (or Valkey) are there.
# NGINX and REDIS_SERVER name others.
set -eu

PATH="$PATH:/usr/sbin:/usr/local/sbin"

found() {
    for name in "$@"; do
        [ -n "$name" ] && command -v "$name" >/dev/null && return 0
    done
    return 1
}

# The tests start their own: what is installed here shall not begin to listen by itself.
install_quietly() {
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=""
found "${NGINX:-}" nginx || missing="nginx"
found "${REDIS_SERVER:-}" redis-server valkey-server || missing="${missing:+$missing }redis-server"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086  # one word each
    install_quietly $missing
else
    echo "The tests need $missing. On Debian: sudo apt-get install $missing." \
        "On macOS: brew install nginx valkey" >&2
    exit 2
fi
