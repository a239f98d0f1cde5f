package dev.carillon.core.campaign;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/** Which days a recurring campaign is sent on. */
public sealed interface Recurrence {

  /** Whether it is sent on the day. */
  boolean chooses(LocalDate day);

  /** Every day. */
  record Daily() implements Recurrence {
    @Override
    public boolean chooses(LocalDate day) {
      return true;
    }
  }

  /**
   * On the chosen days of each week.
   *
   * @param days one or more, in the week's order
   */
  record Weekly(List<DayOfWeek> days) implements Recurrence {
    public Weekly {
      days = days.stream().distinct().sorted().toList();
    }

    @Override
    public boolean chooses(LocalDate day) {
      return days.contains(day.getDayOfWeek());
    }
  }

  /**
   * On the chosen days of each month. A day that a month lacks falls on the month's last.
   *
   * @param days one or more from 1 to 31, in order
   */
  record Monthly(List<Integer> days) implements Recurrence {
    public Monthly {
      days = days.stream().distinct().sorted().toList();
    }

    @Override
    public boolean chooses(LocalDate day) {
      boolean last = day.getDayOfMonth() == day.lengthOfMonth();
      return days.contains(day.getDayOfMonth()) || (last && days.getLast() > day.lengthOfMonth());
    }
  }
}
