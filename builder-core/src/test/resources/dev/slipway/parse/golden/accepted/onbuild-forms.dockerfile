FROM a
ONBUILD   ADD . /src
onbuild run make \
  all
ONBUILD CMD ["x"]
ONBUILD ENV A=1
