FROM a
ENV k v w
ENV quoted "a  b" c
ENV tab	separated	value
ENV a=b=c d="e=f" g='h i' j=k\ l m=
ENV "spaced key"=x
LABEL legacy one two
LABEL multi=1 \
      line="2 3"
ARG one two=2 three="3 3"
ENV open="never closed
