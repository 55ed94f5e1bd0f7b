ARG BASE=x
FROM $BASE
FROM scratch AS one.two-three_4
FROM one.two-three_4 as LAST
