#!/usr/bin/env sh
# An Exercism-shaped test runner: run.sh SLUG INPUT-DIR OUTPUT-DIR
#
# SLUG names an exercise, INPUT-DIR holds its one file, and results.json goes
# to OUTPUT-DIR. Put it into a folder bin/ of the project, or say where the
# project is with INSIDE_THE_LOOP. Ends with 0 if it ran, whatever the marks.
set -eu

if [ $# -ne 3 ]; then
  echo 'Usage: run.sh SLUG INPUT-DIR OUTPUT-DIR' >&2
  exit 2
fi

slug=$1
input=$(cd "$2" && pwd)
output=$(cd "$3" && pwd)
project=${INSIDE_THE_LOOP:-$(dirname "$0")/..}

cd "$project"
npm run -s chapter -- grade "$input" --only "$slug" \
  --report "exercism=$output/results.json"
