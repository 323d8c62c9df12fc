-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "sweep_state" AS ENUM ('running', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "trial_state" AS ENUM ('pending', 'running', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('completed', 'failed', 'lost', 'returned');

-- CreateTable
CREATE TABLE "sweep" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "state" "sweep_state" NOT NULL DEFAULT 'running',
    "spec_hash" TEXT NOT NULL,
    "spec" JSON NOT NULL,
    "snapshot" JSONB NOT NULL,
    "trials_asked" INTEGER NOT NULL,
    "trials_distinct" INTEGER NOT NULL,
    "last_event_id" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sweep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trial" (
    "id" TEXT NOT NULL,
    "sweep_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "cell_id" TEXT NOT NULL,
    "cell" JSON NOT NULL,
    "seed" BIGINT NOT NULL,
    "plan" JSONB NOT NULL,
    "plan_summary" JSONB NOT NULL,
    "model" JSONB NOT NULL,
    "training" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "representative_id" TEXT,
    "state" "trial_state" NOT NULL DEFAULT 'pending',
    "fencing_token" INTEGER NOT NULL DEFAULT 0,
    "attempts_max" INTEGER NOT NULL DEFAULT 3,
    "worker_id" TEXT,
    "lease_expires_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_message" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "trial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "trial_id" TEXT NOT NULL,
    "token" INTEGER NOT NULL,
    "worker_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" "attempt_outcome",
    "code" TEXT,
    "message" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("trial_id","token")
);

-- CreateTable
CREATE TABLE "report" (
    "trial_id" TEXT NOT NULL,
    "token" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "metrics" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_pkey" PRIMARY KEY ("trial_id","token","epoch")
);

-- CreateTable
CREATE TABLE "result" (
    "trial_id" TEXT NOT NULL,
    "token" INTEGER NOT NULL,
    "metrics" JSONB NOT NULL,
    "accuracy" DOUBLE PRECISION NOT NULL,
    "nll" DOUBLE PRECISION NOT NULL,
    "ece" DOUBLE PRECISION NOT NULL,
    "scaled_ece" DOUBLE PRECISION NOT NULL,
    "engine" JSONB NOT NULL,
    "provenance" JSONB NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "result_pkey" PRIMARY KEY ("trial_id")
);

-- CreateTable
CREATE TABLE "prediction" (
    "trial_id" TEXT NOT NULL,
    "split" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "class_count" INTEGER NOT NULL,
    "encoding" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "prediction_pkey" PRIMARY KEY ("trial_id","split")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "engine" JSONB NOT NULL,
    "pack_capacity" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "sweep_id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "sweep_id" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("sweep_id","id")
);

-- CreateIndex
CREATE INDEX "sweep_created_at_id_idx" ON "sweep"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "trial_group_id_state_ordinal_idx" ON "trial"("group_id", "state", "ordinal");

-- CreateIndex
CREATE INDEX "trial_sweep_id_state_idx" ON "trial"("sweep_id", "state");

-- CreateIndex
CREATE INDEX "trial_representative_id_idx" ON "trial"("representative_id");

-- CreateIndex
CREATE INDEX "trial_fingerprint_idx" ON "trial"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "trial_sweep_id_ordinal_key" ON "trial"("sweep_id", "ordinal");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_group_id_generation_index_key" ON "outbox"("group_id", "generation", "index");

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_sweep_id_fkey" FOREIGN KEY ("sweep_id") REFERENCES "sweep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_representative_id_fkey" FOREIGN KEY ("representative_id") REFERENCES "trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_trial_id_token_fkey" FOREIGN KEY ("trial_id", "token") REFERENCES "attempt"("trial_id", "token") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "result" ADD CONSTRAINT "result_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prediction" ADD CONSTRAINT "prediction_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_sweep_id_fkey" FOREIGN KEY ("sweep_id") REFERENCES "sweep"("id") ON DELETE CASCADE ON UPDATE CASCADE;
