import "./zodWithoutEval.ts";
import "./styles/index.css";
import { createClient } from "@smoothsweep/client";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiContext } from "./api/ApiContext.ts";
import { readApiKey } from "./api/apiKey.ts";
import { createQueryClient } from "./app/createQueryClient.ts";
import { router } from "./app/router.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no #root");

const client = createClient({ apiKey: readApiKey });

createRoot(root).render(
  <StrictMode>
    <ApiContext value={client}>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ApiContext>
  </StrictMode>,
);
