package dev.carillon.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** db-scheduler works on the store's file, also when two of them share it with the store. */
class SchedulerOnSqliteTest {
  private static final int JOBS = 30;

  @TempDir private Path folder;

  @Test
  void eachJobRunsOnceAlthoughTwoSchedulersPoll() throws Exception {
    Path file = folder.resolve("metadata.db");
    Map<String, Integer> executions = new ConcurrentHashMap<>();
    CountDownLatch done = new CountDownLatch(JOBS);
    OneTimeTask<Void> task =
        Tasks.oneTime("count")
            .execute(
                (job, context) -> {
                  executions.merge(job.getId(), 1, Integer::sum);
                  done.countDown();
                });
    try (SqliteMetadataStore one = SqliteMetadataStore.open(file);
        SqliteMetadataStore two = SqliteMetadataStore.open(file)) {
      List<Scheduler> schedulers =
          List.of(scheduler(one.dataSource(), task), scheduler(two.dataSource(), task));
      Instant due = Instant.now();
      for (int i = 0; i < JOBS; i++) {
        schedulers.getFirst().scheduleIfNotExists(task.instance("job-" + i), due);
      }
      schedulers.getFirst().scheduleIfNotExists(task.instance("job-0"), due);
      schedulers
          .getFirst()
          .scheduleIfNotExists(task.instance("later"), due.plus(Duration.ofHours(1)));
      schedulers.forEach(Scheduler::start);
      for (int i = 0; i < 20; i++) {
        one.putSetting("busy", Integer.toString(i));
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      schedulers.forEach(Scheduler::stop);

      assertThat(executions)
          .containsOnlyKeys(IntStream.range(0, JOBS).mapToObj(i -> "job-" + i).toList())
          .allSatisfy((job, times) -> assertThat(times).isEqualTo(1));
      assertThat(schedulers.getFirst().getScheduledExecutions())
          .singleElement()
          .satisfies(
              later ->
                  assertThat(later.getExecutionTime())
                      .isBetween(due.plusSeconds(3599), due.plusSeconds(3601)));
    }
  }

  private static Scheduler scheduler(DataSource dataSource, OneTimeTask<Void> task) {
    return Scheduler.create(dataSource, task)
        .jdbcCustomization(new SqliteJdbcCustomization())
        .pollingInterval(Duration.ofMillis(20))
        .threads(4)
        .build();
  }
}
