-- AlterTable
ALTER TABLE "Placement" ADD COLUMN     "recallReason" TEXT,
ADD COLUMN     "returnReason" TEXT,
ADD COLUMN     "toldCents" BIGINT,
ADD COLUMN     "vendorFileId" UUID,
ADD COLUMN     "vendorStatus" TEXT,
ADD COLUMN     "vendorStatusOn" DATE;

-- CreateTable
CREATE TABLE "VendorFile" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "vendor" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "runNumber" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "totalCents" BIGINT NOT NULL,
    "sentOn" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "saidCount" INTEGER,
    "saidTotalCents" BIGINT,
    "saidOn" DATE,
    "rejected" INTEGER,
    "taskId" UUID,

    CONSTRAINT "VendorFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VendorPayment" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "reference" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "paidOn" DATE NOT NULL,
    "feeCents" BIGINT,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "VendorPayment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "VendorFile_runNumber_key" ON "VendorFile"("runNumber");

-- CreateIndex
CREATE INDEX "VendorFile_facilityId_vendor_status_idx" ON "VendorFile"("facilityId", "vendor", "status");

-- CreateIndex
CREATE UNIQUE INDEX "VendorFile_facilityId_name_key" ON "VendorFile"("facilityId", "name");

-- CreateIndex
CREATE INDEX "VendorPayment_facilityId_reference_idx" ON "VendorPayment"("facilityId", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "VendorPayment_facilityId_paymentId_key" ON "VendorPayment"("facilityId", "paymentId");

-- CreateIndex
CREATE INDEX "Placement_vendorFileId_idx" ON "Placement"("vendorFileId");

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_vendorFileId_fkey" FOREIGN KEY ("vendorFileId") REFERENCES "VendorFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
