package dev.carillon.server.ingest;

import jakarta.servlet.Servlet;

/**
 * A servlet that checks keys, signatures and sizes by itself, and so is reached past the filters
 * that guard and observe pages and API.
 */
public interface SelfAuthenticating extends Servlet {}
