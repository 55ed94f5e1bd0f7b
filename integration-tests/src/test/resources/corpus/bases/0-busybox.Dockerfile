FROM registry/bare
WORKDIR /dev
WORKDIR /proc
WORKDIR /sys
WORKDIR /
