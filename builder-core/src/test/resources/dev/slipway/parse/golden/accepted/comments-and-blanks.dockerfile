# not a directive: this ends them
# escape=`

   # indented
FROM a
  RUN   indented # and this is text   
# build compiles it
# all of it
FROM b AS build
#
FROM c AS other
# final is small
FROM d AS final
