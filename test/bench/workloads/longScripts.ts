/** Scripts of about so many steps, each over thousands of blocks or pages, as time travel meets them. */
export const longScripts: Readonly<Record<string, (steps: number) => string>> = {
  heap: (steps) => `heap main 8MiB
repeat 4000 as i
  a[i] = alloc 16 + i * 7919 % 1000
end
repeat ${Math.floor(steps / 2)} as i
  free a[i * 7919 % 4000]
  a[i * 7919 % 4000] = alloc 16 + i * 7907 % 1000
end`,
  writes: (steps) => `heap main 8MiB
repeat 4000 as i
  a[i] = alloc 64 + i * 7919 % 1000
end
repeat ${Math.floor(steps / 3)} as i
  free a[i * 7919 % 4000]
  a[i * 7919 % 4000] = alloc 64 + i * 7907 % 1000
  fill a[i * 7919 % 4000] 64 (i % 256)
end`,
  pool: (steps) => `pool nodes 64 x 4096
repeat 4000 as i
  a[i] = alloc 64 from=nodes
end
repeat ${Math.floor(steps / 2)} as i
  free a[i * 7919 % 4000]
  a[i * 7919 % 4000] = alloc 64 from=nodes
end`,
  vm: (steps) => `vm page=4096 frames=256 replacement=lru
repeat 1024 as i
  map i
end
repeat ${steps} as i
  load (i * 7919 % 1024) * 4096
end`,
};
