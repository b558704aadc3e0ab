-- CreateTable
CREATE TABLE "AccountHold" (
    "accountId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "hold" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "reviewOn" DATE NOT NULL,
    "releasedOn" DATE,
    "source" TEXT,
    "reference" TEXT,
    "owner" TEXT,
    "found" TEXT,

    CONSTRAINT "AccountHold_pkey" PRIMARY KEY ("accountId","number")
);

-- CreateIndex
CREATE INDEX "AccountHold_facilityId_releasedOn_reviewOn_idx" ON "AccountHold"("facilityId", "releasedOn", "reviewOn");

-- AddForeignKey
ALTER TABLE "AccountHold" ADD CONSTRAINT "AccountHold_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Holds of accounts as their projections have them.
INSERT INTO "AccountHold" ("accountId", "number", "organisationId", "facilityId", "hold", "since", "reviewOn", "releasedOn")
SELECT a."id", h."place" - 1, a."organisationId", a."facilityId", h."body"->>'reason', (h."body"->>'since')::date, (h."body"->>'reviewOn')::date,
  (h."body"->>'releasedOn')::date
FROM "Account" a, jsonb_array_elements(a."projection"->'holds') WITH ORDINALITY AS h("body", "place")
WHERE jsonb_typeof(a."projection"->'holds') = 'array';
