/** Tests of the dashboard's pages. */
@NullMarked
package dev.carillon.server.pages;

import org.jspecify.annotations.NullMarked;
