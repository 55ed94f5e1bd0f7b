FROM a
RUN <<EOF
echo one
echo $two
EOF
RUN <<-"SCRIPT"
	#!/usr/bin/env python3
	print("$x")
	SCRIPT
RUN cat <<A 3<<'B' > /x && true
in a
A
in b
B
RUN << SPACED
text
SPACED
COPY <<one <<-two plain /dst/
1
one
	2
	two
ADD --chmod=600 <<"q" /q
$q
q
ONBUILD COPY <<E /e
later
E
RUN echo "<<quoted" '<<also' <<<here 1<2
CMD cat <<nothing
