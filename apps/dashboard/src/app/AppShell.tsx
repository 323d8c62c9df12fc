import { Link, Outlet } from "@tanstack/react-router";

/** What every screen has around it. */
export function AppShell() {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="app-header">
        <div className="app-header-inner">
          <Link to="/" className="brand">
            <img src="/assets/icon.svg" alt="" width="22" height="22" />
            smoothsweep
          </Link>
          <nav aria-label="Main">
            <Link to="/" activeOptions={{ exact: true }}>
              Sweeps
            </Link>
            <a href="/openapi.json">API</a>
          </nav>
        </div>
      </header>
      <main id="main" className="page">
        <Outlet />
      </main>
    </>
  );
}
