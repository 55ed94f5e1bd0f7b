FROM a
RUN ["a", "b\u0041\n"]
RUN ["trailing"] text
RUN [ 'single' ]
RUN ["open"
RUN []
CMD [ ]
ENTRYPOINT ["a" , "b" ]
COPY ["with blank", "/dst dir/"]
VOLUME ["/a", " /b "]
RUN [ -d /x ] && true
RUN ["\ud800x"]
RUN {"a": 1}
