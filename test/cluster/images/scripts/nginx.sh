#!/bin/sh
# Fills templates with variables of the environment, where the folder of the configuration can be written, and starts nginx.
set -e
for template in /etc/nginx/templates/*.template; do
  if [ ! -e "$template" ]; then continue; fi
  if [ ! -w /etc/nginx/conf.d ]; then
    echo "$0: /etc/nginx/conf.d is not writable, $template is left out" >&2
    continue
  fi
  envsubst "$(env | sed 's/=.*//; s/.*/${&}/' | tr '\n' ' ')" <"$template" >"/etc/nginx/conf.d/$(basename "$template" .template)"
done
exec "$@"
