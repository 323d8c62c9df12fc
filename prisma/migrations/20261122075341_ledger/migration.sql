-- AlterEnum
ALTER TYPE "sweep_state" ADD VALUE 'paused';
ALTER TYPE "sweep_state" ADD VALUE 'stopping';
ALTER TYPE "sweep_state" ADD VALUE 'stopped';

-- AlterEnum
ALTER TYPE "attempt_outcome" ADD VALUE 'cancelled';

-- DropIndex
DROP INDEX "outbox_sent_at_id_idx";

-- DropIndex
DROP INDEX "trial_group_id_state_ordinal_idx";

-- AlterTable
ALTER TABLE "sweep" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pruned_at" TIMESTAMPTZ(3),
ADD COLUMN     "served_place" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "cell" (
    "sweep_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "values" JSON NOT NULL,
    "plan" JSONB NOT NULL,
    "plan_summary" JSONB NOT NULL,
    "model" JSONB NOT NULL,
    "training" JSONB NOT NULL,

    CONSTRAINT "cell_pkey" PRIMARY KEY ("sweep_id","id")
);

-- What trials of a cell share is kept once: taken from the first trial of each cell.
INSERT INTO "cell" ("sweep_id", "id", "values", "plan", "plan_summary", "model", "training")
SELECT DISTINCT ON ("sweep_id", "cell_id") "sweep_id", "cell_id", "cell", "plan", "plan_summary", "model", "training"
FROM "trial" ORDER BY "sweep_id", "cell_id", "ordinal";

-- AlterTable
ALTER TABLE "trial" DROP COLUMN "attempts_max",
DROP COLUMN "cell",
DROP COLUMN "model",
DROP COLUMN "plan",
DROP COLUMN "plan_summary",
DROP COLUMN "training",
ADD COLUMN     "audit" JSONB,
ADD COLUMN     "audit_of_id" TEXT,
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "losses" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "losses_alone" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "not_before" TIMESTAMPTZ(3),
ADD COLUMN     "pack_limit" INTEGER,
ADD COLUMN     "reused_from_id" TEXT;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "device" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "drain_reason" TEXT,
ADD COLUMN     "draining_at" TIMESTAMPTZ(3),
ADD COLUMN     "memory_bytes" BIGINT,
ADD COLUMN     "protocol" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "not_before" TIMESTAMPTZ(3),
ADD COLUMN     "place" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "submission" (
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "sweep_id" TEXT,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "protocol" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "submission_sweep_id_idx" ON "submission"("sweep_id");

-- CreateIndex
CREATE INDEX "sweep_spec_hash_idx" ON "sweep"("spec_hash");

-- CreateIndex
CREATE INDEX "trial_reused_from_id_idx" ON "trial"("reused_from_id");

-- CreateIndex
CREATE INDEX "trial_audit_of_id_idx" ON "trial"("audit_of_id");

-- CreateIndex
CREATE INDEX "trial_group_id_state_losses_ordinal_idx" ON "trial"("group_id", "state", "losses", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "trial_sweep_id_cell_id_seed_key" ON "trial"("sweep_id", "cell_id", "seed");

-- CreateIndex
CREATE INDEX "outbox_sent_at_place_id_idx" ON "outbox"("sent_at", "place", "id");

-- CreateIndex
CREATE INDEX "outbox_sweep_id_idx" ON "outbox"("sweep_id");

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_sweep_id_fkey" FOREIGN KEY ("sweep_id") REFERENCES "sweep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_sweep_id_fkey" FOREIGN KEY ("sweep_id") REFERENCES "sweep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_sweep_id_cell_id_fkey" FOREIGN KEY ("sweep_id", "cell_id") REFERENCES "cell"("sweep_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_reused_from_id_fkey" FOREIGN KEY ("reused_from_id") REFERENCES "trial"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_audit_of_id_fkey" FOREIGN KEY ("audit_of_id") REFERENCES "trial"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Attempts are counted by how they ended.
UPDATE "trial" t SET "failures" = a."failures", "losses" = a."losses"
FROM (
  SELECT "trial_id", count(*) FILTER (WHERE "outcome" = 'failed') AS "failures",
    count(*) FILTER (WHERE "outcome" = 'lost') AS "losses"
  FROM "attempt" GROUP BY "trial_id"
) a WHERE a."trial_id" = t."id" AND t."state" IN ('pending', 'running');

-- The settings that specifications have had since, appended as text, because the order of a json document is the user's.
UPDATE "sweep" SET "spec" = (
  left(rtrim("spec"::text), -1) || ',"priority":0,"retry":{"attempts":3,"losses":5,"backoffSeconds":1,"backoffFactor":2,'
  || '"backoffMaxSeconds":60,"on":["training_failed","training_stalled","child_exited","worker_lost",'
  || '"dataset_unreachable","internal"]},"cache":"use","verifyShare":0.1,"predictions":{"keep":"all"}}'
)::json;

UPDATE "outbox" SET "place" = 16 * "index";
