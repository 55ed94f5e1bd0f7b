FROM registry/busybox
RUN printf 'app:x:1001:1002:app:/home/app:/bin/sh\nother:x:7:8::/:/bin/sh\n' >> /etc/passwd
RUN printf 'app:x:1002:\nextra:x:1003:app,other\nmore:x:1004:app\n' >> /etc/group
