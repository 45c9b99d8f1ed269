# An index over HTTP. The index is a folder beside the container, never part of it:
#   docker build -t kliping .
#   docker run -v /srv/arsip/index:/index:ro -e KLIPING_TOKEN -p 127.0.0.1:8000:8000 kliping
FROM python:3.13-slim AS build
WORKDIR /source
COPY setup.cfg pyproject.toml README.md LICENSE ./
COPY indexer ./indexer
RUN python -m venv /opt/kliping \
    && /opt/kliping/bin/pip install --no-cache-dir '.[server]'

FROM python:3.13-slim
COPY --from=build /opt/kliping /opt/kliping
RUN useradd --system --uid 10001 --no-create-home kliping
ENV PATH=/opt/kliping/bin:$PATH \
    KLIPING_INDEX=/index
USER 10001
VOLUME /index
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["kliping"]
# Without KLIPING_TOKEN it ends and says so; who means to let anyone ask adds --public.
CMD ["serve", "--host", "0.0.0.0"]
