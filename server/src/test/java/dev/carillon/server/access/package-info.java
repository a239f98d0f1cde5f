/** Tests of who may do what. */
@NullMarked
package dev.carillon.server.access;

import org.jspecify.annotations.NullMarked;
