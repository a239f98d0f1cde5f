/** The dashboard: what people see in a browser, rendered here and readable without JavaScript. */
@NullMarked
package dev.carillon.server.pages;

import org.jspecify.annotations.NullMarked;
