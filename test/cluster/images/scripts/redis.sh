#!/bin/sh
# Options alone are Redis', and what it saves is for its user alone.
set -e
case $1 in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$(umask)" = 0022 ]; then umask 0077; fi
exec "$@"
