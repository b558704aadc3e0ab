-- CreateTable
CREATE TABLE "VendorInventory" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "vendor" TEXT NOT NULL,
    "asOf" DATE NOT NULL,
    "fileId" UUID NOT NULL,
    "receivedOn" DATE NOT NULL,
    "ours" INTEGER NOT NULL,
    "theirs" INTEGER NOT NULL,
    "matched" INTEGER NOT NULL,
    "inFlight" INTEGER NOT NULL,
    "differing" INTEGER NOT NULL,
    "differingCents" BIGINT NOT NULL,

    CONSTRAINT "VendorInventory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VendorHolding" (
    "inventoryId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "reference" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "balanceCents" BIGINT NOT NULL,
    "lastWorkedOn" DATE,

    CONSTRAINT "VendorHolding_pkey" PRIMARY KEY ("inventoryId","offset")
);

-- CreateTable
CREATE TABLE "VendorRemit" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "vendor" TEXT NOT NULL,
    "remitId" TEXT NOT NULL,
    "remittedOn" DATE NOT NULL,
    "fileId" UUID NOT NULL,
    "grossCents" BIGINT NOT NULL,
    "feeCents" BIGINT NOT NULL,
    "netCents" BIGINT NOT NULL,

    CONSTRAINT "VendorRemit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VendorRemitLine" (
    "remitRowId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "reference" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "paidOn" DATE NOT NULL,
    "paidTo" TEXT NOT NULL,
    "paidBy" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "feeCents" BIGINT NOT NULL,

    CONSTRAINT "VendorRemitLine_pkey" PRIMARY KEY ("remitRowId","offset")
);

-- CreateTable
CREATE TABLE "VendorDifference" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "vendor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "oursCents" BIGINT NOT NULL,
    "theirsCents" BIGINT NOT NULL,
    "words" TEXT NOT NULL,
    "standingKey" TEXT,
    "firstFoundOn" DATE NOT NULL,
    "lastFoundOn" DATE NOT NULL,
    "fileId" UUID NOT NULL,
    "settledOn" DATE,
    "acceptedBy" TEXT,
    "acceptedOn" DATE,
    "note" TEXT,

    CONSTRAINT "VendorDifference_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "VendorInventory_facilityId_vendor_asOf_idx" ON "VendorInventory"("facilityId", "vendor", "asOf");

-- CreateIndex
CREATE UNIQUE INDEX "VendorRemit_facilityId_vendor_remitId_key" ON "VendorRemit"("facilityId", "vendor", "remitId");

-- CreateIndex
CREATE INDEX "VendorRemitLine_facilityId_paymentId_idx" ON "VendorRemitLine"("facilityId", "paymentId");

-- CreateIndex
CREATE INDEX "VendorDifference_facilityId_vendor_settledOn_kind_idx" ON "VendorDifference"("facilityId", "vendor", "settledOn", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "VendorDifference_facilityId_standingKey_key" ON "VendorDifference"("facilityId", "standingKey");

-- AddForeignKey
ALTER TABLE "VendorHolding" ADD CONSTRAINT "VendorHolding_inventoryId_fkey" FOREIGN KEY ("inventoryId") REFERENCES "VendorInventory"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VendorRemitLine" ADD CONSTRAINT "VendorRemitLine_remitRowId_fkey" FOREIGN KEY ("remitRowId") REFERENCES "VendorRemit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
