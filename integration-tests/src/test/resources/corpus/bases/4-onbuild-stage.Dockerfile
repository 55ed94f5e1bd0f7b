FROM registry/busybox
ONBUILD COPY --from=helper /made /from-helper
ONBUILD WORKDIR /triggered
