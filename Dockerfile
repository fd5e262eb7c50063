# The full image has what nodejieba and better-sqlite3 need to compile: python3, make, g++.
FROM node:20-bookworm AS build
# A mirror of the npm registry may be named here: --build-arg NPM_CONFIG_REGISTRY=…
ARG NPM_CONFIG_REGISTRY
# Compile against the headers in the image and never ask for prebuilt files, so that npm alone is enough.
ENV npm_config_nodedir=/usr/local \
    npm_config_build_from_source=true \
    npm_config_update_notifier=false \
    npm_config_fund=false
WORKDIR /app
COPY package.json package-lock.json ./
# Not --omit=optional: esbuild and tsx find their own programs through optional dependencies.
# The bundled engine is not needed here, Meilisearch has its own container.
RUN npm ci --omit=dev && rm -rf node_modules/@gaubee

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/node_modules ./node_modules
COPY package.json tsconfig.json ./
COPY config ./config
COPY indexer ./indexer
COPY server ./server
USER node
VOLUME /data
EXPOSE 3000
# A first start may index for a while before it answers.
HEALTHCHECK --interval=15s --timeout=5s --start-period=180s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=384", "--max-semi-space-size=8", "--import", "tsx", "server/main.ts"]
