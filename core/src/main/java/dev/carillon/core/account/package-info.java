/** What holds for the whole account: its zone, week, money, quiet hours and limits. */
@NullMarked
package dev.carillon.core.account;

import org.jspecify.annotations.NullMarked;
