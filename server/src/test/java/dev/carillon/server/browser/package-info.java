/** The dashboard in a real browser: by mouse, by keyboard, and with an accessibility check. */
@NullMarked
package dev.carillon.server.browser;

import org.jspecify.annotations.NullMarked;
