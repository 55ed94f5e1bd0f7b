FROM
FROM golang builder
FROM golang AS
FROM golang OF builder
FROM a AS 1st
FROM a AS has/slash
FROM a b c d
FROM --platfrom=x a
FROM --platform a
FROM a # the base
