/**
 * One run of a node on which things go wrong by the throw of a die, and what
 * must hold all the same.
 */
import { killPodNow } from '../../runnable/kubelet/kill-pod-now.ts';
import type {
  PodSpec,
  RestartPolicy,
  UID,
} from '../../runnable/kubelet/api/v1.ts';
import type { MachineScript } from '../../runnable/kubelet/cri/machine.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Chance } from '../../runnable/sim/chance.ts';
import { Sim } from '../../runnable/sim/sim.ts';

/** Until then things go wrong; afterwards nothing does any more. */
const calmFrom = 40_000;
const ended = ['Failed', 'Succeeded'];
/** By then everything has to have settled, the garbage collected. */
const end = 150_000;

interface Plan {
  readonly name: string;
  readonly spec: PodSpec;
  readonly fate: 'stays' | 'deleted' | 'forced' | 'evicted';
  /** When its fate comes. */
  readonly at: number;
}

export class FaultyRun {
  readonly violations: string[] = [];
  readonly #chance: Chance;
  readonly #sim: Sim;
  readonly #world: NodeWorld;
  readonly #plans: Plan[];
  /** Init containers that ended well, as `uid/name`. */
  readonly #initialized = new Set<string>();
  readonly #uids = new Map<string, UID>();

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#sim = new Sim({ seed });
    this.#world = new NodeWorld(this.#sim, {
      script: this.#script(),
      volumes: () => ({
        attachTakes: this.#chance.below(4000),
        mountTakes: this.#chance.below(1000),
        failures: this.#chance.below(2),
      }),
    });
    this.#plans = Array.from({ length: 1 + this.#chance.below(3) }, (_, i) =>
      this.#plan(`pod-${i}`),
    );
    this.#watch();
  }

  #plan(name: string): Plan {
    const chance = this.#chance;
    const some = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        name: `${prefix}-${i}`,
        image: 'image:1',
      }));
    const policies: RestartPolicy[] = ['Always', 'OnFailure', 'Never'];
    return {
      name,
      spec: {
        restartPolicy: chance.pick(policies),
        terminationGracePeriodSeconds: chance.below(4),
        initContainers: some('init', chance.below(3)),
        containers: some('app', 1 + chance.below(2)),
        ...(chance.below(3) === 0
          ? { volumes: [{ name: 'data', emptyDir: {} }] }
          : {}),
      },
      fate: chance.pick(['stays', 'deleted', 'forced', 'evicted']),
      at: 2000 + chance.below(30_000),
    };
  }

  get #wild(): boolean {
    return this.#sim.now() - this.#world.start < calmFrom;
  }

  #script(): MachineScript {
    const chance = this.#chance;
    return {
      sandboxTakes: 50 + chance.below(300),
      startTakes: 10 + chance.below(100),
      container: ({ name }) => {
        const init = name.startsWith('init');
        const fails = this.#wild && chance.below(5) === 0;
        if (init) {
          return { runs: chance.below(1500), exitCode: fails ? 1 : 0 };
        }
        const stops = chance.pick<number | 'never'>([0, 300, 'never']);
        return fails
          ? { stops, runs: chance.below(8000), exitCode: chance.below(2) }
          : { stops };
      },
      fault: () =>
        this.#wild && chance.below(40) === 0 ? 'rpc error' : undefined,
      delay: (call) =>
        this.#wild && call.startsWith('list') && chance.below(20) === 0
          ? chance.below(2000)
          : 0,
    };
  }

  /** Looks over the machine's and the kubelet's shoulders. */
  #watch(): void {
    const { machine } = this.#world;
    const addSandbox = machine.addSandbox.bind(machine);
    machine.addSandbox = (config, id) => {
      addSandbox(config, id);
      const live = [...machine.sandboxes.values()].filter(
        ({ state, metadata }) =>
          state === 'SANDBOX_READY' && metadata.uid === config.metadata.uid,
      );
      if (live.length > 1) this.#violated(`two live sandboxes: ${id}`);
    };
    const run = machine.run.bind(machine);
    machine.run = (container) => {
      run(container);
      const uid = container.labels['io.kubernetes.pod.uid'] ?? '';
      if (container.name.startsWith('init')) {
        machine.whenEnded(container, () => {
          if (container.exitCode !== 0) return;
          this.#initialized.add(`${uid}/${container.name}`);
        });
        return;
      }
      const plan = this.#plans.find(({ name }) => this.#uids.get(name) === uid);
      for (const { name } of plan?.spec.initContainers ?? []) {
        if (this.#initialized.has(`${uid}/${name}`)) continue;
        this.#violated(`${container.id} starts before ${name} ended well`);
      }
    };
  }

  /** A sync begins when the worker has a status, and ends when it wraps up. */
  #watchSyncs(): void {
    const { podCache, podWorkers } = this.#world.kubelet;
    const getNewerThan = podCache.getNewerThan.bind(podCache);
    const wrapUp = podWorkers.wrapUp.bind(podWorkers);
    const running = new Set<UID>();
    podCache.getNewerThan = async (uid, ...rest) => {
      const data = await getNewerThan(uid, ...rest);
      if (running.has(uid)) this.#violated(`two syncs of ${uid} at once`);
      running.add(uid);
      return data;
    };
    podWorkers.wrapUp = (uid, ...rest) => {
      running.delete(uid);
      wrapUp(uid, ...rest);
    };
  }

  #violated(what: string): void {
    const at = this.#sim.now() - this.#world.start;
    this.violations.push(`${what} (at ${at / 1000} s)`);
  }

  /** Lets it all happen. */
  async run(): Promise<string[]> {
    const world = this.#world;
    await this.#sim.run(async () => {
      this.#watchSyncs();
      world.startKubelet();
      for (const plan of this.#plans) this.#live(plan);
      this.#disturb();
      await world.at(end);
      this.#judge();
    });
    return this.violations;
  }

  #live(plan: Plan): void {
    const world = this.#world;
    this.#sim.go(plan.name, async () => {
      const pod = await world.createPod(plan.name, plan.spec);
      this.#uids.set(plan.name, pod.metadata.uid);
      await world.at(plan.at);
      if (plan.fate === 'deleted') await world.deletePod(plan.name);
      // The object goes at once, and the kubelet hears of it only afterwards.
      if (plan.fate === 'forced') await world.deletePod(plan.name, 0);
      if (plan.fate === 'evicted') await this.#evict(plan.name);
    });
  }

  /** Orders the kill again until the API shows it, whoever is the kubelet. */
  async #evict(name: string): Promise<void> {
    const uid = this.#uids.get(name) ?? '';
    const status = { phase: 'Failed', reason: 'Evicted' } as const;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { kubelet } = this.#world;
      this.#sim.go(`evict ${name}`, async () => {
        const known = kubelet.podManager.getPodByUID(uid);
        if (known === undefined) return;
        try {
          await killPodNow(kubelet, known, status, 0);
        } catch {
          // Ordered again below.
        }
      });
      await this.#sim.sleep(12_000);
      const phase = this.#world.pod(name)?.status.phase;
      if (phase === 'Failed' || phase === 'Succeeded') return;
    }
  }

  /** Deaths of containers and sandboxes, and of the kubelet itself. */
  #disturb(): void {
    const world = this.#world;
    const chance = this.#chance;
    this.#sim.go('disturb', async () => {
      for (;;) {
        await this.#sim.sleep(1000 + chance.below(8000));
        if (!this.#wild) return;
        const { containers, sandboxes } = world.machine;
        const [one] = [...containers.values()].filter(
          ({ state }) => state === 'running',
        );
        const what = chance.below(6);
        if (what < 3 && one !== undefined) {
          world.machine.exit(one.id, chance.pick([0, 1, 137]));
        } else if (what === 3 && sandboxes.size > 0) {
          world.machine.killSandbox(chance.pick([...sandboxes.keys()]));
        } else if (what === 4) {
          world.restartKubelet();
          this.#watchSyncs();
        }
      }
    });
  }

  /** What has to be so in the end. */
  #judge(): void {
    for (const plan of this.#plans) {
      const uid = this.#uids.get(plan.name) ?? '';
      const inApi = this.#world.pod(plan.name);
      const deleted = plan.fate === 'deleted' || plan.fate === 'forced';
      if (deleted) this.#judgeDeleted(uid, inApi !== undefined);
      else if (ended.includes(inApi?.status.phase ?? '')) this.#judgeDead(uid);
      else if (plan.fate === 'evicted') {
        this.#violated(
          `${uid} was evicted and is ${String(inApi?.status.phase)}`,
        );
      } else this.#judgeAlive(uid, plan);
    }
  }

  #of(uid: UID) {
    return [...this.#world.machine.containers.values()].filter(
      ({ labels }) => labels['io.kubernetes.pod.uid'] === uid,
    );
  }

  #judgeDead(uid: UID): void {
    for (const { id, state } of this.#of(uid)) {
      if (state === 'running') this.#violated(`${id} of ${uid} still runs`);
    }
  }

  #judgeDeleted(uid: UID, inApi: boolean): void {
    const { kubelet, os, machine } = this.#world;
    const left = {
      'API object': inApi,
      container: this.#of(uid).length > 0,
      sandbox: [...machine.sandboxes.values()].some(
        ({ metadata }) => metadata.uid === uid,
      ),
      directory: os.stat(kubelet.getPodDir(uid)) !== undefined,
      logs: os.stat(`/var/log/pods/${uid}`) !== undefined,
      worker: kubelet.podWorkers.podUpdates.has(uid),
    };
    for (const [what, there] of Object.entries(left)) {
      if (there) this.#violated(`deleted ${uid} leaves its ${what}`);
    }
  }

  /** Each container runs, or ended as its policy wants it to. */
  #judgeAlive(uid: UID, { spec }: Plan): void {
    for (const { name } of spec.containers) {
      const instances = this.#of(uid).filter((each) => each.name === name);
      const newest = instances.at(-1);
      // With policy Never a sandbox that dies early is never made again.
      if (spec.restartPolicy === 'Never') continue;
      const succeeded =
        spec.restartPolicy === 'OnFailure' &&
        newest?.state === 'exited' &&
        newest.exitCode === 0;
      if (newest?.state === 'running' || succeeded) continue;
      this.#violated(
        `${name} of ${uid} (${String(spec.restartPolicy)}) is ${newest?.state ?? 'missing'}`,
      );
    }
  }
}
