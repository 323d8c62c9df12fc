import { fileURLToPath } from "node:url";

/** The folder that holds apps/, packages/ and prisma/. */
export const productRoot = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
