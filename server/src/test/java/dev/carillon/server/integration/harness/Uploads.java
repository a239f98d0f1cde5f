package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.people.Purchase;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Uploads one batch of events and profiles after the other, all the time, and knows which of them a
 * server promised to keep. Batches called Kept are sent again until they are acknowledged; batches
 * called Once are not, so those that failed were never promised.
 */
public final class Uploads {
  private static final int PANEL = 50;
  private static final int NEW_PROFILES = 10;
  private static final long PAUSE = Duration.ofMillis(15).toNanos();

  private final Api api;
  private final UnaryOperator<String> identityOfPhone;
  private final Queue<Purchase> purchases = new ConcurrentLinkedQueue<>();

  /** A second a batch, and none of them in the future, however fast batches are taken. */
  private final long start = Instant.now().getEpochSecond() - 100_000;

  private final Set<Integer> repeated = new TreeSet<>();
  private final Set<Integer> abandoned = new TreeSet<>();
  private final List<String> refusals = new ArrayList<>();
  private final Thread thread;
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicInteger once = new AtomicInteger();
  private volatile boolean closing;
  private @Nullable Throwable failure;

  public Uploads(Api api, UnaryOperator<String> identityOfPhone) {
    this.api = api;
    this.identityOfPhone = identityOfPhone;
    this.thread = Thread.ofPlatform().name("uploads").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Somebody bought; it is uploaded until it is acknowledged. */
  public void bought(Purchase purchase) {
    purchases.add(purchase);
  }

  /** How many batches were acknowledged so far. */
  public int acknowledged() {
    return kept.get() + once.get();
  }

  private void run() {
    try {
      for (int batch = 0; !closing || !purchases.isEmpty(); batch++) {
        uploadPurchases();
        upload(batch);
        LockSupport.parkNanos(PAUSE);
      }
    } catch (RuntimeException | Error problem) {
      failure = problem;
    }
  }

  private void upload(int batch) {
    boolean keep = batch % 3 > 0;
    List<ObjectNode> records = records(batch, keep ? "Kept" : "Once");
    if (!keep) {
      if (taken(records)) {
        once.incrementAndGet();
      } else {
        abandoned.add(batch);
      }
      return;
    }
    while (!taken(records)) {
      repeated.add(batch);
      LockSupport.parkNanos(PAUSE);
    }
    kept.incrementAndGet();
  }

  private void uploadPurchases() {
    List<ObjectNode> records = new ArrayList<>();
    for (Purchase purchase = purchases.poll();
        purchase != null && records.size() < 500;
        purchase = purchases.poll()) {
      ObjectNode record = Api.json("{'type':'event','evtName':'Charged'}");
      record.put("identity", identityOfPhone.apply(purchase.buyer()));
      record.put("ts", purchase.at().getEpochSecond());
      record.putObject("evtData").put("Amount", purchase.amount());
      records.add(record);
    }
    while (!records.isEmpty() && !taken(records)) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  private List<ObjectNode> records(int batch, String kind) {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = 0; i < PANEL; i++) {
      ObjectNode record = Api.json("{'type':'event'}");
      record.put("identity", "panel-" + i).put("evtName", kind).put("ts", start + batch);
      record.putObject("evtData").put("batch", batch);
      records.add(record);
    }
    for (int i = 0; i < NEW_PROFILES; i++) {
      ObjectNode record = Api.json("{'type':'profile'}");
      record.put("identity", "new-" + batch + "-" + i).put("ts", start + batch);
      record.putObject("profileData").put("batch", batch).put("kind", kind);
      records.add(record);
    }
    return records;
  }

  private boolean taken(List<ObjectNode> records) {
    HttpResponse<byte[]> answer;
    try {
      answer = api.answer("POST", "/1/upload", Api.uploadBody(records));
    } catch (UncheckedIOException serverIsDead) {
      return false;
    }
    if (answer.statusCode() == 200
        && Api.tree(answer.body()).get("processed").intValue() == records.size()) {
      return true;
    }
    refusals.add(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    return false;
  }

  /** Stops when everything bought is uploaded. */
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    assertThat(failure).as("the uploads' own failure").isNull();
  }

  /**
   * Every acknowledged record is there exactly once; of the others, batches are whole or absent.
   */
  public void assertAllKept() {
    assertThat(refusals).as("uploads that a living server refused").isEmpty();
    assertKept();
  }

  /** The same of a server that may have refused some, as one that cannot keep them now. */
  public void assertKept() {
    assertThat(refusals).as("refused uploads").allMatch(refusal -> refusal.startsWith("503 "));
    assertThat(api.estimate(did("Kept", kept.get(), null)))
        .as("%s batches kept", kept)
        .isEqualTo(PANEL);
    assertThat(profiles("Kept", null)).isEqualTo((long) kept.get() * NEW_PROFILES);
    for (int batch : repeated) {
      assertThat(api.estimate(did("Kept", 1, batch)))
          .as("batch %s, sent several times", batch)
          .isEqualTo(PANEL);
    }
    int there = once.get();
    for (int batch : abandoned) {
      long events = api.estimate(did("Once", 1, batch));
      assertThat(events).as("events of the abandoned batch %s", batch).isIn(0L, (long) PANEL);
      assertThat(profiles("Once", batch))
          .as("profiles of the abandoned batch %s", batch)
          .isEqualTo(events == 0 ? 0 : NEW_PROFILES);
      there += events == 0 ? 0 : 1;
    }
    assertThat(api.estimate(did("Once", there, null))).isEqualTo(PANEL);
    assertThat(profiles("Once", null)).isEqualTo((long) there * NEW_PROFILES);
    assertThat(api.get("/api/v1/people/new-1-3").at("/properties/batch").intValue()).isEqualTo(1);
  }

  private static String did(String event, int exactly, @Nullable Integer batch) {
    return "{'did':'"
        + event
        + "','exactly':"
        + exactly
        + (batch == null
            ? "}"
            : ",'where':[{'property':'batch','op':'equals','value':" + batch + "}]}");
  }

  private long profiles(String kind, @Nullable Integer batch) {
    String ofKind = "{'property':'kind','op':'equals','value':'" + kind + "'}";
    return api.estimate(
        batch == null
            ? ofKind
            : "{'all':[" + ofKind + ",{'property':'batch','op':'equals','value':" + batch + "}]}");
  }

  @Override
  public String toString() {
    return "acknowledged "
        + acknowledged()
        + " batches, repeated "
        + repeated.size()
        + ", abandoned "
        + abandoned.size();
  }
}
