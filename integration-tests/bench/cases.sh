# The cases: a registry, a base in it, contexts, and what each case asks of a builder.
# shellcheck shell=bash disable=SC2034,SC2154 # read by the scripts beside this one

all_cases=(cold cold-registry unchanged changed steps stages files files-unchanged bulk add push link)

start_registry() {
  port=$((20000 + RANDOM % 20000))
  registry=127.0.0.1:$port
  base=$registry/base:1
  cat >"$work/registry.yml" <<YML
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "$registry"}
YML
  docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
  started+=($!)
  local i
  for ((i = 0; i < 300; i++)); do
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    sleep 0.1
  done
  cat "$work/registry.log" >&2
  exit 1
}

# Debian with gcc, kept between runs of this script; or busybox.
make_base() {
  local bases=${SLIPWAY_BASES:-$here/../target/bases}
  mkdir -p "$bases" "$work/base"
  if [ -n "$small" ]; then
    mkdir "$work/base/bin"
    cp "$(command -v busybox)" "$work/base/bin/busybox"
    ln -s busybox "$work/base/bin/sh"
    printf 'FROM scratch\nCOPY bin /bin\nENV PATH=/bin\nRUN busybox --install -s /bin\nCMD ["/bin/sh"]\n' \
      >"$work/base/Dockerfile"
    tar -cf "$work/rootfs.tar" -C "$work/base" bin
  else
    if [ ! -f "$bases/debian-gcc.tar" ]; then
      mmdebstrap --quiet --variant=apt --include=gcc,libc6-dev bookworm "$bases/debian-gcc.tar"
    fi
    cp "$bases/debian-gcc.tar" "$work/base/rootfs.tar"
    printf 'FROM scratch\nADD rootfs.tar /\nCMD ["/bin/sh"]\n' >"$work/base/Dockerfile"
    ln "$work/base/rootfs.tar" "$work/rootfs.tar"
  fi
  "$repository/slipway" build -q --cache-dir "$work/push" -t "$base" --push "$work/base" >/dev/null
  rm -rf "$work/push"
}

make_cases() {
  mkdir -p "$work"/{hello,steps,stages,files/data,bulk/data,add,push,link}
  local compile='gcc -O2 -static -s -o hello hello.c' nap=1 directories=100 files=100 block=1024
  if [ -n "$small" ]; then
    compile='cp hello.c hello && chmod +x hello' nap=0.1 directories=3 files=10 block=1
  fi

  printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' >"$work/hello/hello.c"
  cat >"$work/hello/Dockerfile" <<DOCKERFILE
FROM $base AS build
WORKDIR /src
COPY hello.c .
RUN $compile
FROM scratch
COPY --from=build /src/hello /hello
ENTRYPOINT ["/hello"]
DOCKERFILE

  {
    echo "FROM $base"
    local i
    for i in $(seq 20); do echo "RUN touch /step$i"; done
  } >"$work/steps/Dockerfile"

  {
    for i in $(seq 8); do
      printf 'FROM %s AS s%s\nRUN sleep %s; echo %s >/out%s\n' "$base" "$i" "$nap" "$i" "$i"
    done
    echo 'FROM scratch'
    for i in $(seq 8); do echo "COPY --from=s$i /out$i /"; done
  } >"$work/stages/Dockerfile"

  local j
  for i in $(seq $directories); do
    mkdir "$work/files/data/$i"
    for j in $(seq $files); do
      head -c 7500 /dev/urandom | base64 >"$work/files/data/$i/$j" # 10 kB that compress by a quarter
    done
  done
  printf 'FROM scratch\nCOPY data /data\n' >"$work/files/Dockerfile"

  head -c $((block * 1048576)) /dev/urandom >"$work/bulk/data/random"
  # text: the numbers in words, which compress about as source code does
  seq 1 $((block * 60000)) | sed 's/0/ zero/g; s/1/ one/g; s/7/ seven/g' |
    head -c $((block * 500000)) >"$work/bulk/data/text" || true
  printf 'FROM scratch\nCOPY data /data\n' >"$work/bulk/Dockerfile"

  ln "$work/rootfs.tar" "$work/add/rootfs.tar"
  printf 'FROM scratch\nADD rootfs.tar /\n' >"$work/add/Dockerfile"

  echo content >"$work/push/file"
  printf 'FROM %s\nCOPY file /file\n' "$base" >"$work/push/Dockerfile"
  echo content >"$work/link/file"
  printf 'FROM %s\nCOPY --link file /opt/file\n' "$base" >"$work/link/Dockerfile"
}

context() {
  case $1 in
    cold* | unchanged | changed) echo "$work/hello" ;;
    files*) echo "$work/files" ;;
    *) echo "$work/$1" ;;
  esac
}

# What is said of a case in the table.
title() {
  case $1 in
    cold) echo 'C hello multi-stage, every step anew, base in the local store' ;;
    cold-registry) echo 'the same, nothing in the local store, base in a registry' ;;
    unchanged) echo 'C hello, nothing changed' ;;
    changed) echo 'C hello, the source file changed' ;;
    steps) echo '20 RUN steps that touch a file' ;;
    stages) echo '8 independent stages of `sleep 1`, COPY from all' ;;
    files) echo '10,000 files (100 MB) COPY to scratch, OCI tar, gzip' ;;
    files-unchanged) echo 'the same, nothing changed' ;;
    bulk) echo '1 GiB random and 500 MB text to an OCI tar, gzip' ;;
    add) echo 'ADD of a root filesystem tar to an OCI tar, gzip' ;;
    push) echo 'one more layer on a base in the local store and in the registry, pushed' ;;
    link) echo '`COPY --link` on a base in the registry only, pushed there' ;;
  esac
}

# Whether no earlier result may be used: "steps" (--no-cache) or "all" (nothing in the store), or "no".
fresh() {
  case $1 in
    *unchanged | changed) echo no ;;
    cold-registry | link) echo all ;;
    *) echo steps ;;
  esac
}

pushes() { [ "$1" = push ] || [ "$1" = link ]; }

# Changes what a case says has changed.
touch_case() { # CASE WORD
  [ "$1" != changed ] || echo "int changed_$2;" >>"$work/hello/hello.c"
  [ "$1" != push ] || echo "$2" >"$work/push/file"
  [ "$1" != link ] || echo "$2" >"$work/link/file"
}

# What the machine needs for the work itself, without a builder; no limit is known where it fails.
limit() {
  case $1 in
    cold | changed) [ -z "$small" ] && (cd "$work/hello" && gcc -O2 -static -s -o "$work/bare" hello.c) ;;
    stages) sleep 1 ;;
    files | bulk) tar -c -C "$(context "$1")" data | pigz -p "$(nproc)" >"$work/bare" ;;
    add) pigz -p "$(nproc)" <"$work/rootfs.tar" >"$work/bare" ;;
    *) false ;;
  esac
}
