FROM a
RUN --mount=type=bind,source=.,target=/src,rw --mount=target=/b x
RUN --mount=type=cache,target=/a,id=x\ y x
RUN --mount=TYPE=tmpfs,size=10m,dst=$DIR --device=vendor.com/class=dev,required x
