# Front end: Sass and the two design systems.
FROM node:24-slim AS front
WORKDIR /mispers
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY script/build_frontend.mjs script/
COPY static static
RUN npm run build

# Packages: wheels alone, each checked against its hash.
FROM python:3.11-slim AS packages
COPY requirements/base.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes -r base.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings.production
RUN useradd --system --uid 10001 mispers && install -d -o mispers -m 700 /var/lib/mispers
WORKDIR /mispers
COPY --from=packages /venv /venv
COPY . .
COPY --from=front /mispers/static/vendor static/vendor
# Collecting reads settings but no secret and no server; these words end with this line.
RUN SECRET_KEY=collecting ALLOWED_HOSTS=localhost DATABASE_URL=postgres:///none REDIS_URL=redis://none \
    python manage.py collectstatic --noinput
USER mispers
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=16", "--config=python:config.web", "--no-control-socket"]
