# The service with its release inside: it starts without a build, as a user that owns nothing, on a
# file system that need not be written to. See api/OPERATING.md.
#
#   docker build --tag council-interventions .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --memory 512m --publish 127.0.0.1:8000:8000 council-interventions

ARG PYTHON=3.13-slim

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/source
COPY requirements.lock requirements-serve.lock ./
# What builds stays in this stage; what serves goes on.
RUN python -m venv /srv/building \
 && /srv/building/bin/pip install --require-hashes --no-build-isolation --requirement requirements.lock \
 && python -m venv /srv/serving \
 && /srv/serving/bin/pip install --require-hashes --requirement requirements-serve.lock
COPY . .
RUN /srv/building/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /srv/wheels . \
 && /srv/building/bin/pip install --no-deps /srv/wheels/*.whl \
 && /srv/serving/bin/pip install --no-deps /srv/wheels/*.whl \
 && /srv/serving/bin/python -m pip uninstall --yes pip
# Nothing of the sources is on the way of imports: the release is made by what was installed.
WORKDIR /srv
RUN INTERVENTIONS_STORE=disk /srv/building/bin/interventions build --release /srv/release \
 && chmod -R a+rX,go-w /srv/release

FROM python:${PYTHON}
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libseccomp2 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /srv/serving /srv/serving
COPY --from=build /srv/release /srv/release
ENV PATH=/srv/serving/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1 \
    INTERVENTIONS_RELEASE=/srv/release \
    INTERVENTIONS_STORE=disk \
    INTERVENTIONS_HOST=0.0.0.0 \
    INTERVENTIONS_PORT=8000
USER 10001:10001
WORKDIR /srv
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["interventions", "serve"]
