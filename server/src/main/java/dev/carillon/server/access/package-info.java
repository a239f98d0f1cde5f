/** Who may do what: API keys, logins, sealed secrets, the audit log, and the security rules. */
@NullMarked
package dev.carillon.server.access;

import org.jspecify.annotations.NullMarked;
