// Asks an index that Bench made: java -cp … Asking.java INDEX ROUNDS cpu|wall < kinds.tsv
//
// A line in is KIND, any|all|raw and the query; raw is Lucene's own syntax. A line out is KIND, and
// whether two passages a hit were highlighted, and the milliseconds of each query's best round. The
// title counts twice, as for Bench; all fields are fetched.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

public class Asking {
    private static final int WARM_UP = 3;
    private static final Analyzer ANALYZER = new IndonesianAnalyzer();
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private record Asked(String mode, String query) {}

    public static void main(String[] arguments) throws Exception {
        var searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Path.of(arguments[0]))));
        searcher.setSimilarity(new BM25Similarity());
        int rounds = Integer.parseInt(arguments[1]);
        boolean cpu = arguments[2].equals("cpu");
        var kinds = read();
        for (boolean lit : new boolean[] {false, true}) {
            var best = new LinkedHashMap<String, double[]>();
            for (int round = 0; round < rounds + WARM_UP; round++) {
                for (var kind : kinds.entrySet()) {
                    var asked = kind.getValue();
                    var times = best.computeIfAbsent(kind.getKey(), name -> infinite(asked.size()));
                    for (int at = 0; at < asked.size(); at++) {
                        long started = now(cpu);
                        ask(searcher, asked.get(at), lit);
                        double spent = (now(cpu) - started) / 1e6;
                        if (round >= WARM_UP) times[at] = Math.min(times[at], spent);
                    }
                }
            }
            best.forEach((name, times) -> print(name, lit, times));
        }
    }

    private static Map<String, List<Asked>> read() throws Exception {
        var kinds = new LinkedHashMap<String, List<Asked>>();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split("\t");
            kinds.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(new Asked(cells[1], cells[2]));
        }
        return kinds;
    }

    private static void ask(IndexSearcher searcher, Asked asked, boolean lit) throws Exception {
        var parser = new MultiFieldQueryParser(
            new String[] {"title", "body"}, ANALYZER, Map.of("title", 2.0f, "body", 1.0f));
        if (asked.mode.equals("all")) parser.setDefaultOperator(QueryParser.Operator.AND);
        String typed = asked.mode.equals("raw") ? asked.query : QueryParser.escape(asked.query);
        Query query = parser.parse(typed);
        TopDocs found = searcher.search(query, 10);
        if (lit) UnifiedHighlighter.builder(searcher, ANALYZER).build().highlight("body", query, found, 2);
        StoredFields stored = searcher.storedFields();
        for (ScoreDoc hit : found.scoreDocs) stored.document(hit.doc);
    }

    private static long now(boolean cpu) {
        return cpu ? THREAD.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static double[] infinite(int size) {
        var times = new double[size];
        java.util.Arrays.fill(times, Double.POSITIVE_INFINITY);
        return times;
    }

    private static void print(String name, boolean lit, double[] times) {
        var cells = new StringJoiner("\t");
        for (double time : times) cells.add(Double.toString(time));
        System.out.println(name + "\t" + (lit ? "lit" : "bare") + "\t" + cells);
    }
}
