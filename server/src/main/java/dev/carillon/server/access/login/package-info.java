/** Signing in: logins, passwords, sessions, and what slows guessing down. */
@NullMarked
package dev.carillon.server.access.login;

import org.jspecify.annotations.NullMarked;
