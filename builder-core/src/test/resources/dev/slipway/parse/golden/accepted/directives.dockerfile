# syntax = example/frontend:1
#ESCAPE=`
# check=skip=all;error=true
FROM a
RUN dir C:\ `
 /s
ENV P="C:\dir" Q=a` b
