-- CreateTable
CREATE TABLE "Contact" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "guarantorId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "capacity" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "accountIds" UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "automated" BOOLEAN NOT NULL,
    "place" TEXT NOT NULL,
    "offersOptOut" BOOLEAN NOT NULL,
    "validationNotice" BOOLEAN NOT NULL,
    "outcome" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fileId" UUID,
    "offset" INTEGER,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "guarantorId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "how" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactFact" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "guarantorId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "accountIds" UUID[],
    "said" JSONB NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContactFact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactViolation" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "contactId" UUID NOT NULL,
    "policyId" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reviewedAt" TIMESTAMPTZ(3),
    "reviewedBy" TEXT,
    "note" TEXT,

    CONSTRAINT "ContactViolation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Contact_guarantorId_at_idx" ON "Contact"("guarantorId", "at");

-- CreateIndex
CREATE INDEX "Contact_facilityId_party_at_idx" ON "Contact"("facilityId", "party", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_facilityId_key_key" ON "Contact"("facilityId", "key");

-- CreateIndex
CREATE INDEX "Consent_guarantorId_at_idx" ON "Consent"("guarantorId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Consent_facilityId_key_key" ON "Consent"("facilityId", "key");

-- CreateIndex
CREATE INDEX "ContactFact_guarantorId_idx" ON "ContactFact"("guarantorId");

-- CreateIndex
CREATE UNIQUE INDEX "ContactFact_facilityId_key_key" ON "ContactFact"("facilityId", "key");

-- CreateIndex
CREATE INDEX "ContactViolation_facilityId_party_at_idx" ON "ContactViolation"("facilityId", "party", "at");

-- CreateIndex
CREATE INDEX "ContactViolation_facilityId_reviewedAt_at_idx" ON "ContactViolation"("facilityId", "reviewedAt", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ContactViolation_contactId_policyId_key" ON "ContactViolation"("contactId", "policyId");

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactFact" ADD CONSTRAINT "ContactFact_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactViolation" ADD CONSTRAINT "ContactViolation_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
