FROM a
COPY grüße/日本 /ziel/
ENV ключ=значение
