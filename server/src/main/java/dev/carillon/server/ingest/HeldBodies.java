package dev.carillon.server.ingest;

import jakarta.servlet.ServletRequest;

/**
 * The lease of a request whose body is read somewhere within the web framework; it is released when
 * the request has been answered.
 */
public final class HeldBodies {
  private static final String LEASE = "carillon.bodyLease";

  private HeldBodies() {}

  /** The request's lease, which begins in the given share unless there is one. */
  public static BodyLease lease(ServletRequest request, BodyBudget.Share share) {
    if (request.getAttribute(LEASE) instanceof BodyLease lease) {
      return lease;
    }
    BodyLease lease = share.lease();
    request.setAttribute(LEASE, lease);
    return lease;
  }

  /** Releases what the request holds. */
  static void giveBack(ServletRequest request) {
    if (request.getAttribute(LEASE) instanceof BodyLease lease) {
      lease.close();
    }
  }
}
