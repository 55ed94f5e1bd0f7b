# The builders: which are there, and how each is asked for the same image.
# shellcheck shell=bash disable=SC2154 # set by the script that reads this one

# The program of each builder that is a buildah, of whatever version.
declare -A buildahs=()

find_builders() {
  local program
  builders=(slipway)
  for program in buildah "${more_buildahs[@]}"; do
    command -v "$program" >/dev/null || continue
    local name=buildah
    [ ${#buildahs[@]} -eq 0 ] || name=buildah-$("$program" --version | awk '{print $3}')
    buildahs[$name]=$program
    builders+=("$name")
  done
  if start_docker; then builders+=(docker); fi
}

# An engine of this script's own, with the image store that can write OCI archives.
start_docker() {
  command -v dockerd >/dev/null && docker buildx version >/dev/null 2>&1 || return 1
  export DOCKER_HOST=unix://$work/docker.sock
  echo '{"features": {"containerd-snapshotter": true}}' >"$work/docker.json"
  dockerd --config-file "$work/docker.json" --iptables=false --ip6tables=false --bridge=none \
    --data-root "$work/docker" --exec-root "$work/docker-run" --pidfile "$work/docker.pid" \
    --host "$DOCKER_HOST" >"$work/docker.log" 2>&1 &
  docker_engine=$!
  started+=("$docker_engine")
  local i
  for ((i = 0; i < 300; i++)); do
    docker version >/dev/null 2>&1 && return 0
    kill -0 "$docker_engine" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# With the store of the $builder that the caller is about.
buildah_here() {
  "${buildahs[$builder]}" --root "$work/$builder" --runroot "$work/$builder-run" "$@"
}

# Newer versions raise limits for a step, which not every root may: they keep those that there are.
bud() {
  local limits=()
  [ "$builder" = buildah ] || limits=(
    --ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)")
  buildah_here bud -q --isolation chroot --tls-verify=false --layers "${limits[@]}" "$@"
}

# build BUILDER CASE
build() {
  local builder=$1 name=$2 arguments=()
  [ "$(fresh "$name")" = no ] || arguments+=(--no-cache)
  if pushes "$name"; then
    "push_with_${builder%%-*}" "$registry/result-$builder:1" "${arguments[@]}" "$(context "$name")"
  else
    "build_with_${builder%%-*}" "$work/$builder.tar" "${arguments[@]}" "$(context "$name")"
  fi >"$work/log-$builder" 2>&1 </dev/null || {
    echo "$builder failed on $name:" >&2
    cat "$work/log-$builder" >&2
    return 1
  }
}

build_with_slipway() {
  local file=$1
  shift
  "$repository/slipway" build -q --cache-dir "$work/slipway" -t bench -o "type=oci,dest=$file" "$@"
}

push_with_slipway() {
  local image=$1
  shift
  "$repository/slipway" build -q --cache-dir "$work/slipway" -t "$image" --push "$@"
}

build_with_buildah() {
  local file=$1
  shift
  bud -t bench "$@" &&
    buildah_here push -q bench "oci-archive:$file"
}

push_with_buildah() {
  local image=$1
  shift
  bud -t "$image" "$@" &&
    buildah_here push -q --tls-verify=false "$image"
}

build_with_docker() {
  local file=$1
  shift
  docker buildx build -q --provenance=false --network host -t bench -o "type=oci,dest=$file" "$@"
}

push_with_docker() {
  local image=$1
  shift
  docker buildx build -q --provenance=false --network host -t "$image" --push "$@"
}

# forget BUILDER: leaves nothing in its store.
forget() {
  local builder=$1
  case $builder in
    slipway) rm -rf "$work/slipway" ;;
    buildah*) buildah_here rm --all && buildah_here rmi --all --force ;;
    docker) docker system prune --all --force && docker buildx prune --all --force ;;
  esac >/dev/null 2>&1 || true
}

# Leaves nothing mounted.
forget_builders() {
  local each
  for each in "${!buildahs[@]}"; do
    [ ! -d "$work/$each" ] || forget "$each"
  done
  awk -v work="$work/" 'index($2, work) == 1 {print $2}' /proc/mounts | sort -r |
    while read -r mounted; do umount "$mounted"; done
}

version_of() {
  case $1 in
    slipway) echo "Slipway (isolation: namespaces, seccomp, capabilities)" ;;
    buildah*) echo "buildah $("${buildahs[$1]}" --version | awk '{print $3}') (isolation: chroot)" ;;
    docker) echo "docker $(docker version -f '{{.Server.Version}}') with $(docker buildx version | awk '{print $1, $2}') (isolation: runc; its daemon warm)" ;;
  esac
}
