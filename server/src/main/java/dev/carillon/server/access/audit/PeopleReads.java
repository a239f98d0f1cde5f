package dev.carillon.server.access.audit;

import dev.carillon.core.audience.PersonalProperties;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in the audit log who reads people's data. Reading does not wait for the disk: a read is
 * recorded about a second later, and those that one caller repeats within {@link #TOGETHER} make
 * one more entry at its end. A crash can lose the reads of that time. Thread-safe.
 */
public final class PeopleReads implements AutoCloseable {
  static final Duration TOGETHER = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(PeopleReads.class);

  /** Beyond this the reading thread itself records a read, so that memory is bounded. */
  private static final int MOST_WAITING = 10_000;

  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<Read, Repeats> waiting = new LinkedHashMap<>();
  private final Object recording = new Object();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-of-reads").factory());
  private boolean closed;

  public PeopleReads(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
    Future<?> _ = writer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /** What is read; {@link #action()} is the name in the audit log. */
  public enum Kind {
    /** People found by a search. */
    SEARCH("search"),
    /** One person, or a part of the timeline. */
    PERSON("read"),
    /** The people behind a number of a campaign. */
    BEHIND("behindNumber"),
    /** The life of one message of a campaign. */
    MESSAGE("message"),
    /** People of a segment. */
    SEGMENT("segment"),
    /** People on a list. */
    LIST("list"),
    /** Rows of a list's file that named no known person. */
    LIST_ROWS("listRows", "row", "rows"),
    /** Values that people have in a property. */
    VALUES("values", "value", "values"),
    /** How many people have a value in a property that names people. */
    COUNT("count"),
    /** What a campaign says to somebody, or the people it cannot be filled for. */
    PREVIEW("preview"),
    /** Rows of an import. */
    IMPORT_ROWS("importRows", "row", "rows"),
    /** The people of a control group, as a file. */
    CONTROL_GROUP("exportControlGroup");

    private final String word;
    private final String one;
    private final String many;

    Kind(String word) {
      this(word, "person", "people");
    }

    Kind(String word, String one, String many) {
      this.word = word;
      this.one = one;
      this.many = many;
    }

    public String action() {
      return "people." + word;
    }

    private String count(long number) {
      return number == 1 ? "1 " + one : number + " " + many;
    }
  }

  /**
   * Notes what the caller of this request reads.
   *
   * @param subject the campaign, segment or list that it is about; empty when it is about none
   * @param detail which of its numbers or the like; empty without; never what somebody typed
   * @param people how many people, or whatever the kind counts, the answer shows
   */
  public void note(Kind kind, String subject, String detail, long people) {
    Caller.current()
        .ifPresent(caller -> add(new Read(caller.actor(), kind, subject, detail), people));
  }

  /** Notes what the caller reads of the people in general. */
  public void note(Kind kind, long people) {
    note(kind, "", "", people);
  }

  /** Notes that the caller reads who is behind a number of a campaign. */
  public void noteBehind(int campaign, ReportSet set, long people) {
    String asked = set.text();
    // A code that no one has may be any text that somebody typed.
    String known = people > 0 ? asked : asked.replaceFirst(":.*", "");
    note(Kind.BEHIND, Integer.toString(campaign), known, people);
  }

  /**
   * Notes that the caller counts people by a property that names them; nothing otherwise.
   *
   * @param rule one into which what it refers to was put already
   */
  public void noteCount(Rule rule, long people) {
    if (PersonalProperties.in(rule).isPresent()) {
      note(Kind.COUNT, people);
    }
  }

  private void add(Read read, long people) {
    Instant now = clock.instant();
    synchronized (this) {
      Repeats repeats = waiting.get(read);
      if (repeats != null || (waiting.size() < MOST_WAITING && !closed)) {
        waiting.computeIfAbsent(read, _ -> new Repeats(now)).add(now, people);
        return;
      }
    }
    record(new Line(read, now, 1, people));
  }

  /** Returns when all reads that were noted first are in the audit log. */
  public void settle() {
    write(false);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    writer.shutdownNow();
    write(true);
  }

  private void look() {
    try {
      write(false);
    } catch (RuntimeException unexpected) {
      log.error("Reads of people could not be recorded", unexpected);
    }
  }

  /** One at a time, so that what another thread took is recorded when this returns. */
  private void write(boolean all) {
    synchronized (recording) {
      taken(all).forEach(this::record);
    }
  }

  private synchronized List<Line> taken(boolean all) {
    Instant now = clock.instant();
    List<Line> lines = new ArrayList<>();
    Iterator<Map.Entry<Read, Repeats>> entries = waiting.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Read, Repeats> entry = entries.next();
      Repeats repeats = entry.getValue();
      boolean over = all || !now.isBefore(repeats.begun.plus(TOGETHER));
      if (repeats.reads > 0 && (over || !repeats.recorded)) {
        lines.add(repeats.take(entry.getKey()));
      }
      if (over) {
        entries.remove();
      }
    }
    return lines;
  }

  private void record(Line line) {
    Read read = line.read();
    String people = read.kind().count(line.people());
    String reads = line.reads() == 1 ? "" : " in " + line.reads() + " reads";
    audit.record(
        line.at(),
        read.who(),
        read.kind().action(),
        read.subject(),
        (read.detail().isEmpty() ? "" : read.detail() + ": ") + people + reads);
  }

  private record Read(Actor who, Kind kind, String subject, String detail) {}

  private record Line(Read read, Instant at, long reads, long people) {}

  /** The same read again and again, since the first. */
  private static final class Repeats {
    private final Instant begun;
    private Instant at;
    private long reads;
    private long people;
    private boolean recorded;

    Repeats(Instant begun) {
      this.begun = begun;
      this.at = begun;
    }

    void add(Instant now, long more) {
      if (reads == 0) {
        at = now;
      }
      reads++;
      people += more;
    }

    Line take(Read read) {
      Line line = new Line(read, at, reads, people);
      recorded = true;
      reads = 0;
      people = 0;
      return line;
    }
  }
}
