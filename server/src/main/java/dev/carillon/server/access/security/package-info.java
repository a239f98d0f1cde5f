/** The rules by which each request passes or is refused. */
@NullMarked
package dev.carillon.server.access.security;

import org.jspecify.annotations.NullMarked;
