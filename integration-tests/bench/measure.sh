# Measuring, and the table.
# shellcheck shell=bash disable=SC2154 # set by the scripts beside this one

now() { echo $(($(date +%s%N) / 1000000)); }

median() { printf '%s\n' $1 | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# resident ROOT...: the memory, in KiB, that these processes and all that they started hold.
resident() {
  ps -e -o pid=,ppid=,rss= | awk -v roots="$*" '
    BEGIN { count = split(roots, each, " "); for (i = 1; i <= count; i++) in_it[each[i]] = 1 }
    { parent[$1] = $2; size[$1] = $3 }
    END {
      for (pid in parent) {
        for (at = pid; at > 1 && !(at in in_it); at = parent[at]) ;
        if (at in in_it) sum += size[pid]
      }
      print sum + 0
    }'
}

# peak BUILDER CASE: the most memory, in MiB, of all processes of a build, with the daemon's.
peak() {
  local roots most=0 sum
  prepare "$1" "$2" memory
  build "$1" "$2" &
  roots=($!)
  [ "$1" != docker ] || roots+=("$docker_engine")
  while kill -0 "${roots[0]}" 2>/dev/null; do
    sum=$(resident "${roots[@]}")
    [ "$sum" -le "$most" ] || most=$sum
    sleep 0.02
  done
  wait "${roots[0]}"
  echo $((most / 1024))
}

# prepare BUILDER CASE WORD: what comes before a build and is not timed. The builder before may have
# left work to its daemon and to the disk.
prepare() {
  rm -f "$work/$1.tar"
  if [ "$(fresh "$2")" = all ]; then forget "$1"; fi
  touch_case "$2" "$3_${1//[!a-z0-9]/_}"
  [ -n "$small" ] || sleep 1
}

# The columns of one case, timed. A builder that cannot do it is left out.
row() {
  local name=$1 builder run start value times=() mine= able=()
  local -A of=()
  for builder in "${builders[@]}"; do
    if build "$builder" "$name"; then
      able+=("$builder")
    elif [ "$builder" = slipway ]; then
      exit 1
    fi
  done
  for ((run = 1; run <= runs; run++)); do
    for builder in "${able[@]}"; do
      prepare "$builder" "$name" "$run"
      start=$(now)
      build "$builder" "$name"
      of[$builder]+="$(($(now) - start)) "
    done
    start=$(now)
    if limit "$name" >/dev/null 2>&1; then times+=($(($(now) - start))); fi
  done
  printf '| %s |' "$(title "$name")"
  if [ ${#times[@]} -gt 0 ]; then printf ' %s |' "$(median "${times[*]}")"; else printf ' – |'; fi
  mine=$(median "${of[slipway]}")
  for builder in "${builders[@]}"; do
    if [ -z "${of[$builder]:-}" ]; then
      printf ' cannot |'
      continue
    fi
    value=$(median "${of[$builder]}")
    printf ' %s' "$value"
    [ "$builder" = slipway ] ||
      awk -v mine="$mine" -v other="$value" 'BEGIN {printf " (Slipway ×%.2f)", mine / other}'
    printf ', %s MiB |' "$(peak "$builder" "$name")"
  done
  echo
}

report() {
  local builder name
  echo "$(nproc) cores, $(awk '/MemTotal/ {printf "%d GiB", $2 / 1048576}' /proc/meminfo), Linux" \
    "$(uname -r), $(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/JDK \1/p')," \
    "load before $(cut -d' ' -f1 /proc/loadavg), $(date -u +%F). Medians of $runs runs in ms; beside" \
    "another builder's time what Slipway's is of it; then the peak memory of all processes."
  echo
  for builder in "${builders[@]}"; do echo "- $(version_of "$builder")"; done
  if [ "${builders[*]}" != "${builders[*]%docker}" ]; then
    echo "- what stays in memory after a build: docker's daemons, $(($(resident "$docker_engine") / 1024)) MiB; of the others nothing"
  fi
  echo
  printf '| case | bare |'; printf ' %s |' "${builders[@]}"; echo
  printf '|---|---|'; printf -- '---|%.0s' "${builders[@]}"; echo
  for name in "${chosen[@]}"; do row "$name"; done
}
