-- AlterTable
ALTER TABLE "PatientPayment" ADD COLUMN     "paidFor" TEXT;

-- CreateTable
CREATE TABLE "PatientPaymentPart" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "paymentId" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "PatientPaymentPart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentReversal" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "reversalId" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "reversedOn" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "paidFor" TEXT,
    "appliedAt" TIMESTAMPTZ(3),
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "PaymentReversal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentPlan" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "planId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "totalCents" BIGINT NOT NULL,
    "instalmentCents" BIGINT NOT NULL,
    "firstDueOn" DATE NOT NULL,
    "lastDueOn" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "statusOn" DATE NOT NULL,
    "policyId" TEXT NOT NULL,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "PaymentPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentPlanAccount" (
    "planId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "shareCents" BIGINT NOT NULL,

    CONSTRAINT "PaymentPlanAccount_pkey" PRIMARY KEY ("planId","accountId")
);

-- CreateTable
CREATE TABLE "PromiseToPay" (
    "accountId" UUID NOT NULL,
    "promiseId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "amountCents" BIGINT NOT NULL,
    "madeOn" DATE NOT NULL,
    "dueOn" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "settledOn" DATE,

    CONSTRAINT "PromiseToPay_pkey" PRIMARY KEY ("accountId","promiseId")
);

-- CreateIndex
CREATE INDEX "PatientPaymentPart_accountId_idx" ON "PatientPaymentPart"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "PatientPaymentPart_facilityId_paymentId_accountId_key" ON "PatientPaymentPart"("facilityId", "paymentId", "accountId");

-- CreateIndex
CREATE INDEX "PaymentReversal_facilityId_paymentId_idx" ON "PaymentReversal"("facilityId", "paymentId");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentReversal_facilityId_reversalId_key" ON "PaymentReversal"("facilityId", "reversalId");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentPlan_facilityId_planId_key" ON "PaymentPlan"("facilityId", "planId");

-- CreateIndex
CREATE INDEX "PaymentPlanAccount_accountId_idx" ON "PaymentPlanAccount"("accountId");

-- CreateIndex
CREATE INDEX "PromiseToPay_facilityId_dueOn_idx" ON "PromiseToPay"("facilityId", "dueOn");

-- AddForeignKey
ALTER TABLE "PatientPaymentPart" ADD CONSTRAINT "PatientPaymentPart_facilityId_paymentId_fkey" FOREIGN KEY ("facilityId", "paymentId") REFERENCES "PatientPayment"("facilityId", "paymentId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatientPaymentPart" ADD CONSTRAINT "PatientPaymentPart_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentPlanAccount" ADD CONSTRAINT "PaymentPlanAccount_planId_fkey" FOREIGN KEY ("planId") REFERENCES "PaymentPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentPlanAccount" ADD CONSTRAINT "PaymentPlanAccount_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromiseToPay" ADD CONSTRAINT "PromiseToPay_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
